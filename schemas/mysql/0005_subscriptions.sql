-- Webhook subscriptions that the gateway itself has made at providers, so that it can ask for their
-- state and remove them. One for each org and provider: to register again takes the place of the one
-- before. The key that such a webhook is signed with lies in provider_secrets.

CREATE TABLE IF NOT EXISTS webhook_subscriptions (
  OrgID BIGINT UNSIGNED NOT NULL,
  Provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  SubscriptionID VARCHAR(255) NOT NULL COMMENT 'the id that the provider knows it by',
  Url VARCHAR(2048) NOT NULL COMMENT 'where the provider sends its webhooks',
  State ENUM('active', 'disabled', 'missing') NOT NULL COMMENT 'when it was last asked for',
  Events TEXT NOT NULL COMMENT 'a JSON array of names as the provider has them',
  RegisteredAt DATETIME(3) NOT NULL,
  CheckedAt DATETIME(3) NOT NULL,
  LastActiveAt DATETIME(3) NOT NULL COMMENT 'when the provider last said that it sends',
  MissedSince DATETIME(3) NULL
    COMMENT 'bookings since then may be missing: it was found switched off, and nobody has fetched them',
  KeyHint VARCHAR(16) NOT NULL COMMENT 'of the signing key that registering set; empty: it set none',
  PRIMARY KEY (OrgID, Provider)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
