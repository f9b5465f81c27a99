-- Sign-ins of the security desk's page in a browser. Each is a sign-in like a desktop's (token_family),
-- so that whoever is signed out is signed out here too; of the cookie only the hash is kept.
CREATE TABLE desk_session (
    hash TEXT PRIMARY KEY NOT NULL,
    family_id TEXT NOT NULL REFERENCES token_family (family_id),
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
