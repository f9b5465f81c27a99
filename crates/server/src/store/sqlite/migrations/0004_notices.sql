-- Whom to tell of an emergency call, beside the contacts of the agent who calls.
-- scope: organisation, site, team, agent. scope_key names it, in lower case; empty for the organisation.
-- channel: mail, webhook.
CREATE TABLE contact (
    scope TEXT NOT NULL,
    scope_key TEXT NOT NULL,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (scope, scope_key, channel, address)
);

-- The outbox: what people are to be told, queued in the commit that opens the call, and gone with it.
-- content_sealed is sealed under the key of the call. state: waiting, sent, dead. A corrected answer is
-- told again under the next edition.
CREATE TABLE notice (
    notice_id TEXT PRIMARY KEY NOT NULL,
    call_ref TEXT NOT NULL REFERENCES call (call_ref) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    tier BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    recipient_digest TEXT NOT NULL,
    content_sealed BLOB NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    done_at BIGINT,
    error TEXT,
    UNIQUE (call_ref, recipient_digest, edition)
);
CREATE INDEX notice_by_due ON notice (state, next_at);

-- What stays of the notices of a call.
ALTER TABLE call_record ADD COLUMN notified_at BIGINT;
ALTER TABLE call_record ADD COLUMN notices_sent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE call_record ADD COLUMN notices_dead BIGINT NOT NULL DEFAULT 0;
