-- Agents' status on the platform: what it was before a call, and how far it is with setting and restoring.
-- record_sealed is sealed under the key of the newest call it is for, and gone with it.
CREATE TABLE presence (
    agent_digest TEXT PRIMARY KEY NOT NULL,
    call_ref TEXT NOT NULL REFERENCES call (call_ref) ON DELETE CASCADE,
    record_sealed BLOB NOT NULL
);
CREATE INDEX presence_by_call ON presence (call_ref);
