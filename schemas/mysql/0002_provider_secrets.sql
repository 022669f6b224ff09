-- What an org gives the gateway of its providers' secrets. Sealed: XChaCha20-Poly1305 with a key that
-- is derived from the master key, bound to the org's public id, the provider and the kind, so that a
-- value in another row is of no use.

CREATE TABLE IF NOT EXISTS provider_secrets (
  OrgID BIGINT UNSIGNED NOT NULL,
  Provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  Kind ENUM('credential', 'signing_key') NOT NULL,
  Sealed VARBINARY(4608) NOT NULL,
  Hint VARCHAR(8) NOT NULL COMMENT 'the end of the value; empty for short ones',
  CreatedAt DATETIME(3) NOT NULL,
  PreviousSealed VARBINARY(4608) NULL COMMENT 'of a signing key that was replaced',
  PreviousExpiresAt DATETIME(3) NULL,
  Required TINYINT(1) NOT NULL DEFAULT 0
    COMMENT 'of a signing key: webhooks of the provider must be signed',
  PRIMARY KEY (OrgID, Provider, Kind)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
