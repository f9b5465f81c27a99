-- Moments are milliseconds since 1970 UTC, identifiers text, lists and addresses JSON as text.
-- Columns that end in _sealed hold what crate::seal makes: nobody reads them without the key.

CREATE TABLE meta (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);

CREATE TABLE site (
    site_id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    civic_address TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    fallback_number TEXT
);
CREATE INDEX site_by_fallback_number ON site (fallback_number);

CREATE TABLE floor (
    site_id TEXT NOT NULL REFERENCES site (site_id),
    floor TEXT NOT NULL,
    plan_svg TEXT,
    PRIMARY KEY (site_id, floor)
);

CREATE TABLE seat (
    seat_id TEXT PRIMARY KEY NOT NULL,
    site_id TEXT NOT NULL,
    floor TEXT NOT NULL,
    room TEXT,
    label TEXT NOT NULL,
    x DOUBLE PRECISION,
    y DOUBLE PRECISION,
    FOREIGN KEY (site_id, floor) REFERENCES floor (site_id, floor)
);
CREATE INDEX seat_by_floor ON seat (site_id, floor);

CREATE TABLE agent (
    agent_id TEXT PRIMARY KEY NOT NULL,
    username TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    team TEXT NOT NULL,
    role TEXT NOT NULL,
    country TEXT NOT NULL,
    aliases TEXT NOT NULL,
    direct_number TEXT,
    emergency_contacts TEXT NOT NULL,
    default_site TEXT REFERENCES site (site_id)
);
CREATE INDEX agent_by_role ON agent (role);
CREATE INDEX agent_by_direct_number ON agent (direct_number);

-- Every name by which an agent can be found, in the one form of crate::store::stored_name.
CREATE TABLE agent_name (
    name TEXT PRIMARY KEY NOT NULL,
    agent_id TEXT NOT NULL REFERENCES agent (agent_id)
);
CREATE INDEX agent_name_by_agent ON agent_name (agent_id);

-- Where an agent stands, and the revision of everything their desktop shows. One row for each agent.
-- kind: never, declared, declined, ended. The place stays when they decline or end the shift.
CREATE TABLE standing (
    agent_id TEXT PRIMARY KEY NOT NULL REFERENCES agent (agent_id),
    revision BIGINT NOT NULL,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT,
    class TEXT,
    seat_id TEXT REFERENCES seat (seat_id),
    address_sealed BLOB,
    place_id TEXT,
    declared_at BIGINT,
    verdict TEXT NOT NULL
);
CREATE INDEX standing_by_seat ON standing (seat_id, declared_at);

-- What was said, when, without addresses.
CREATE TABLE standing_history (
    agent_id TEXT NOT NULL REFERENCES agent (agent_id),
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    class TEXT,
    seat_id TEXT,
    verdict TEXT NOT NULL,
    based_on BIGINT,
    reason_sealed BLOB,
    idempotency_key TEXT,
    request_digest TEXT,
    PRIMARY KEY (agent_id, version)
);
CREATE UNIQUE INDEX standing_history_by_key ON standing_history (agent_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

CREATE TABLE place (
    place_id TEXT PRIMARY KEY NOT NULL,
    agent_id TEXT NOT NULL REFERENCES agent (agent_id),
    class TEXT NOT NULL,
    content_sealed BLOB NOT NULL,
    verdict TEXT NOT NULL,
    confirmed_at BIGINT,
    saved_at BIGINT NOT NULL
);
CREATE INDEX place_by_agent ON place (agent_id);

CREATE TABLE enrolment_code (
    lookup TEXT PRIMARY KEY NOT NULL,
    agent_id TEXT NOT NULL REFERENCES agent (agent_id),
    hash TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE device (
    device_id TEXT PRIMARY KEY NOT NULL,
    agent_id TEXT NOT NULL REFERENCES agent (agent_id),
    name TEXT NOT NULL,
    signed_in_at BIGINT NOT NULL
);

CREATE TABLE token_family (
    family_id TEXT PRIMARY KEY NOT NULL,
    agent_id TEXT NOT NULL REFERENCES agent (agent_id),
    device_id TEXT NOT NULL REFERENCES device (device_id),
    generation BIGINT NOT NULL,
    revoked_at BIGINT,
    revoked_because TEXT
);

CREATE TABLE refresh_token (
    hash TEXT PRIMARY KEY NOT NULL,
    family_id TEXT NOT NULL REFERENCES token_family (family_id),
    generation BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    rotated_at BIGINT,
    voided_at BIGINT
);
CREATE INDEX refresh_token_by_family ON refresh_token (family_id, generation);

CREATE TABLE access_token (
    hash TEXT PRIMARY KEY NOT NULL,
    family_id TEXT NOT NULL REFERENCES token_family (family_id),
    generation BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX access_token_by_family ON access_token (family_id);

CREATE TABLE api_key (
    hash TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE number (
    number TEXT PRIMARY KEY NOT NULL,
    site_id TEXT REFERENCES site (site_id),
    platform TEXT NOT NULL,
    country TEXT NOT NULL,
    idle_since BIGINT
);

-- Calls that are not gone. Everything readable is a keyed digest; the rest is sealed under the key
-- of the call, which stands outside the store (or, when none could be kept there, in key_sealed).
CREATE TABLE call (
    call_ref TEXT PRIMARY KEY NOT NULL,
    call_digest TEXT NOT NULL UNIQUE,
    agent_digest TEXT,
    callback_digest TEXT,
    key_id TEXT NOT NULL,
    key_sealed BLOB,
    content_sealed BLOB NOT NULL
);
CREATE INDEX call_by_agent ON call (agent_digest);
CREATE INDEX call_by_callback ON call (callback_digest);

-- What stays of a call: times, outcomes, keyed digests.
CREATE TABLE call_record (
    call_ref TEXT PRIMARY KEY NOT NULL,
    call_digest TEXT NOT NULL,
    agent_digest TEXT,
    number_digest TEXT,
    number_source TEXT,
    test BIGINT NOT NULL,
    location_status TEXT NOT NULL,
    rule TEXT NOT NULL,
    degraded BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    ended_by TEXT,
    destroyed_at BIGINT NOT NULL
);
