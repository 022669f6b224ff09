-- Who is signed in to the settings page, and who changed what through it.

CREATE TABLE IF NOT EXISTS admin_sessions (
  TokenHash BINARY(32) NOT NULL COMMENT 'BLAKE2b of the cookie; the cookie itself is nowhere',
  AdminID BIGINT UNSIGNED NOT NULL,
  CreatedAt DATETIME(3) NOT NULL,
  LastSeenAt DATETIME(3) NOT NULL,
  ExpiresAt DATETIME(3) NOT NULL COMMENT 'whatever is done; idle sessions end earlier',
  PRIMARY KEY (TokenHash),
  KEY AdminID (AdminID),
  KEY ExpiresAt (ExpiresAt)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS audit_log (
  OrgID BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '0: of the installation',
  EntryID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  At DATETIME(3) NOT NULL,
  Actor VARCHAR(320) NOT NULL COMMENT 'email as it was then: admins come and go, the log stays',
  Action VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  Subject VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'a delivery, a provider',
  Details VARCHAR(1000) NULL COMMENT 'JSON object',
  Address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (OrgID, EntryID),
  KEY EntryID (EntryID),
  KEY Subject (OrgID, Subject)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
