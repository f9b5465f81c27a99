-- The compliance record: see crate::record. Nothing in it can be read as an address, a number or a name.
CREATE TABLE record_node (
    node TEXT PRIMARY KEY NOT NULL,
    public_key BLOB NOT NULL
);

-- What one commit of a node added: leaves (lines of JSON), the root over them, the link to the batch
-- before, and the node's signature of it.
CREATE TABLE record_batch (
    node TEXT NOT NULL,
    height BIGINT NOT NULL,
    leaf_count BIGINT NOT NULL,
    leaves BLOB NOT NULL,
    root BLOB NOT NULL,
    link BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (node, height)
);

-- The key under which the record's digests about a person are made, sealed. Destroyed, they say nothing.
CREATE TABLE person_key (
    agent_id TEXT PRIMARY KEY NOT NULL REFERENCES agent (agent_id),
    key_sealed BLOB NOT NULL
);

-- Whether the record speaks of this row of the history: 0 for those from before there was a record.
ALTER TABLE standing_history ADD COLUMN recorded BIGINT NOT NULL DEFAULT 0;
