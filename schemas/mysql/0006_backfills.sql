-- The last time that bookings were fetched through a provider's API, and how far that is. One for each
-- org and provider: fetching again takes the place of the one before, whose deliveries stay.

CREATE TABLE IF NOT EXISTS backfills (
  OrgID BIGINT UNSIGNED NOT NULL,
  Provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  Since DATETIME(3) NOT NULL,
  Until DATETIME(3) NOT NULL,
  State ENUM('running', 'done', 'failed') NOT NULL,
  Pages INT UNSIGNED NOT NULL,
  Bookings INT UNSIGNED NOT NULL COMMENT 'that could be used',
  Created INT UNSIGNED NOT NULL COMMENT 'appointments that were not known',
  Changed INT UNSIGNED NOT NULL COMMENT 'pages that changed something',
  Unusable INT UNSIGNED NOT NULL,
  Reason VARCHAR(1000) NOT NULL COMMENT 'of a failed one',
  StartedAt DATETIME(3) NOT NULL,
  UpdatedAt DATETIME(3) NOT NULL COMMENT 'a running one that is silent for long was interrupted',
  PRIMARY KEY (OrgID, Provider)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
