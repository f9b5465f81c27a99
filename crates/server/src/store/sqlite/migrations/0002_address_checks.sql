-- Who checked the address of a standing, when, and what was found of each element.
ALTER TABLE standing ADD COLUMN check_sealed BLOB;

-- Who checked what was said: the name of the address list, with its date.
ALTER TABLE standing_history ADD COLUMN checked_by TEXT;
