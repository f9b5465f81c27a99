-- Who said that they are handling a call is sealed with the rest of it, and goes with it.
-- escalate_at: when it is looked at next whether further people are told; 0 for at once, the greatest
-- number there is for never.
ALTER TABLE call ADD COLUMN escalate_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX call_by_escalation ON call (escalate_at);

-- How soon a contact is told: 0 with the call, more when nobody says that they are handling it.
ALTER TABLE contact ADD COLUMN tier BIGINT NOT NULL DEFAULT 0;

-- What stays of the handling of a call.
ALTER TABLE call_record ADD COLUMN acknowledged_at BIGINT;
ALTER TABLE call_record ADD COLUMN acknowledgements BIGINT NOT NULL DEFAULT 0;
ALTER TABLE call_record ADD COLUMN escalated_to BIGINT NOT NULL DEFAULT 0;

-- Who opened the address of an agent, when and why, for that agent to see. content_sealed holds the name
-- and the reason; call_ref is the name of the call it was opened for, without anything else of the call.
CREATE TABLE address_opening (
    opening_id TEXT PRIMARY KEY NOT NULL,
    agent_id TEXT NOT NULL REFERENCES agent (agent_id),
    by_id TEXT NOT NULL,
    call_ref TEXT,
    at BIGINT NOT NULL,
    content_sealed BLOB NOT NULL,
    seen_at BIGINT
);
CREATE INDEX address_opening_by_agent ON address_opening (agent_id, seen_at);
CREATE UNIQUE INDEX address_opening_by_call ON address_opening (agent_id, by_id, call_ref)
    WHERE call_ref IS NOT NULL;

-- Which version of which notice an agent said to have read, in which language, first when.
CREATE TABLE notice_acknowledgement (
    agent_id TEXT NOT NULL REFERENCES agent (agent_id),
    notice TEXT NOT NULL,
    version TEXT NOT NULL,
    locale TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (agent_id, notice, version)
);
