-- The whole path of an emergency, tried without dialling. Times by agent and nothing else of anybody: no
-- address, no number. call_ref is there while the call of the drill is.
CREATE TABLE drill (
    drill_id TEXT PRIMARY KEY NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX drill_running ON drill ((1)) WHERE ended_at IS NULL;

-- state: waiting, open or over. outcome: only where the times do not say it.
CREATE TABLE drill_agent (
    drill_id TEXT NOT NULL REFERENCES drill (drill_id) ON DELETE CASCADE,
    agent_id TEXT NOT NULL REFERENCES agent (agent_id) ON DELETE CASCADE,
    call_ref TEXT,
    state TEXT NOT NULL DEFAULT 'waiting',
    opened_at BIGINT,
    online BIGINT,
    answer_ms BIGINT,
    banner_ms BIGINT,
    notified_ms BIGINT,
    acknowledged_ms BIGINT,
    location_status TEXT,
    outcome TEXT,
    PRIMARY KEY (drill_id, agent_id)
);
CREATE UNIQUE INDEX drill_agent_by_call ON drill_agent (call_ref);
