-- What finding a call needs beside its content, so that the cost of an answer does not grow with the
-- number of calls: only keyed digests, moments and flags. They go with the row.
-- named_digest: the platform's name, which several calls may have had. open: 1 until it ended.
-- number_digest: the number shown; lent: 1 when it is the pool's, held_until then the moment at which it
-- is free again (the greatest number there is while that is not settled).
-- due_at: when time next changes the call; 0 for at once.
ALTER TABLE call ADD COLUMN named_digest TEXT;
ALTER TABLE call ADD COLUMN test BIGINT NOT NULL DEFAULT 0;
ALTER TABLE call ADD COLUMN open BIGINT NOT NULL DEFAULT 1;
ALTER TABLE call ADD COLUMN number_digest TEXT;
ALTER TABLE call ADD COLUMN lent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE call ADD COLUMN held_until BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE call ADD COLUMN due_at BIGINT NOT NULL DEFAULT 0;
UPDATE call SET named_digest = call_digest;
CREATE INDEX call_by_name ON call (named_digest, open);
CREATE INDEX call_by_repetition ON call (named_digest, agent_digest, test);
CREATE INDEX call_by_number ON call (number_digest, test, held_until DESC);
CREATE INDEX call_by_loan ON call (number_digest, test, held_until DESC) WHERE lent = 1;
CREATE INDEX call_by_due ON call (due_at);

-- Ends whose start is not known yet.
CREATE TABLE early_end (
    call_digest TEXT PRIMARY KEY NOT NULL,
    ended_at BIGINT NOT NULL,
    ended_by TEXT NOT NULL
);
CREATE INDEX early_end_by_time ON early_end (ended_at);
