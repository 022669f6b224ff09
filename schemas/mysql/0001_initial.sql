-- What Bookgate stores. The same statements run on MariaDB 10.6 and later and on MySQL 8 and later.
-- Every statement may be run twice: a server that dies between two of them is no harm, because
-- neither database can roll back the making of a table.
--
-- OrgID comes first in every key, so that a shard key is there when one is needed; the keys on an
-- id alone are what AUTO_INCREMENT asks for. Times are UTC. Texts that are compared as keys are in
-- binary collations, and folded before they come here: the databases' own ideas of equal letters
-- would make one person of josé@ and jose@.

CREATE TABLE IF NOT EXISTS orgs (
  OrgID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  PublicID CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  Name VARCHAR(190) NOT NULL,
  TimeZone VARCHAR(64) NOT NULL DEFAULT 'UTC',
  FieldMapping TEXT NULL COMMENT 'JSON object: names of booking events to JSON pointers',
  BodiesDroppedTo BINARY(16) NULL COMMENT 'DeliveryID up to which bodies are no longer kept',
  Version BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'change_counter at the last change',
  CreatedAt DATETIME(3) NOT NULL,
  PRIMARY KEY (OrgID),
  UNIQUE KEY PublicID (PublicID),
  KEY Version (Version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- One row. Each change of an org or its endpoint counts it up in the same transaction, so that a
-- gateway learns of changes by asking for one number.
CREATE TABLE IF NOT EXISTS change_counter (
  ID TINYINT UNSIGNED NOT NULL,
  Version BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (ID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT IGNORE INTO change_counter (ID, Version) VALUES (1, 1);

CREATE TABLE IF NOT EXISTS webhook_endpoints (
  OrgID BIGINT UNSIGNED NOT NULL,
  State ENUM('active', 'disabled') NOT NULL,
  SecretHash BINARY(32) NOT NULL COMMENT 'keyed BLAKE2b; the secret itself is nowhere',
  SecretHint VARCHAR(8) NOT NULL,
  GeneratedAt DATETIME(3) NOT NULL,
  LastUsedAt DATETIME(3) NULL,
  PreviousHash BINARY(32) NULL,
  PreviousExpiresAt DATETIME(3) NULL,
  PreviousLastUsedAt DATETIME(3) NULL,
  PRIMARY KEY (OrgID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS contacts (
  OrgID BIGINT UNSIGNED NOT NULL,
  ContactID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  ContactKey VARCHAR(330) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL
    COMMENT 'e: and the folded email, or p: and the digits of a contact that has none',
  Email VARCHAR(320) NULL,
  Name VARCHAR(255) NULL,
  NameKey VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL COMMENT 'folded, for referrers',
  Phone VARCHAR(64) NULL,
  PhoneKey VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'digits',
  IsCustomer TINYINT(1) NOT NULL DEFAULT 1,
  CreatedBy BINARY(16) NOT NULL COMMENT 'DeliveryID that made the row',
  CreatedAt DATETIME(3) NOT NULL,
  PRIMARY KEY (OrgID, ContactID),
  KEY ContactID (ContactID),
  UNIQUE KEY ContactKey (OrgID, ContactKey),
  KEY PhoneKey (OrgID, PhoneKey),
  KEY NameKey (OrgID, NameKey(64))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS contact_relationships (
  OrgID BIGINT UNSIGNED NOT NULL,
  RelationshipID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  ContactID BIGINT UNSIGNED NOT NULL,
  RelationshipType ENUM('Referrer') NOT NULL,
  RelatedContactID BIGINT UNSIGNED NULL COMMENT 'NULL unless exactly one contact matches',
  RelatedName VARCHAR(320) NOT NULL,
  CreatedAt DATETIME(3) NOT NULL,
  PRIMARY KEY (OrgID, RelationshipID),
  KEY RelationshipID (RelationshipID),
  KEY ContactID (OrgID, ContactID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- External ids are stored trimmed, so that it is no matter that both databases pad them in
-- comparisons.
CREATE TABLE IF NOT EXISTS appointments (
  OrgID BIGINT UNSIGNED NOT NULL,
  AppointmentID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  ContactID BIGINT UNSIGNED NOT NULL,
  Source VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ExternalID VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  Status ENUM('booked', 'cancelled', 'no_show') NOT NULL,
  StartTime DATETIME(3) NULL,
  DurationMinutes INT UNSIGNED NULL,
  TimeZone VARCHAR(64) NULL COMMENT 'of the customer',
  AppointmentType VARCHAR(255) NULL,
  Notes MEDIUMTEXT NULL,
  Location VARCHAR(1024) NULL,
  HostName VARCHAR(255) NULL,
  HostEmail VARCHAR(320) NULL,
  CancelReason TEXT NULL,
  Answers MEDIUMTEXT NULL COMMENT 'JSON list of question and answer',
  Sequence BIGINT NULL COMMENT 'of the newest event that has one',
  OccurredAt DATETIME(6) NULL COMMENT 'of the newest event that has one',
  History MEDIUMTEXT NULL COMMENT 'JSON list of all events of the booking; NULL: the row is all that its one event said',
  CreatedBy BINARY(16) NOT NULL COMMENT 'DeliveryID that made the row',
  ReceivedAt DATETIME(3) NOT NULL,
  UpdatedAt DATETIME(3) NOT NULL,
  PRIMARY KEY (OrgID, AppointmentID),
  KEY AppointmentID (AppointmentID),
  UNIQUE KEY Identity (OrgID, Source, ExternalID),
  KEY ReceivedAt (OrgID, ReceivedAt),
  KEY ContactID (OrgID, ContactID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Every id of bookings whose events name more than one id, and of those that wait for their customer.
-- Who writes an id here holds it until the end of the transaction, and looks for its appointment
-- then; who makes an appointment looks here then: so neither misses the other.
CREATE TABLE IF NOT EXISTS appointment_ids (
  OrgID BIGINT UNSIGNED NOT NULL,
  Source VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  ExternalID VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  AppointmentID BIGINT UNSIGNED NULL,
  PendingID BIGINT UNSIGNED NULL COMMENT 'while there is no appointment',
  CreatedAt DATETIME(3) NOT NULL,
  PRIMARY KEY (OrgID, Source, ExternalID),
  KEY AppointmentID (OrgID, AppointmentID),
  KEY PendingID (OrgID, PendingID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What is known of bookings of which no event has named the customer yet.
CREATE TABLE IF NOT EXISTS pending_bookings (
  OrgID BIGINT UNSIGNED NOT NULL,
  PendingID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  History MEDIUMTEXT NOT NULL COMMENT 'as in appointments',
  CreatedAt DATETIME(3) NOT NULL,
  PRIMARY KEY (OrgID, PendingID),
  KEY PendingID (PendingID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS deliveries (
  OrgID BIGINT UNSIGNED NOT NULL,
  DeliveryID BINARY(16) NOT NULL COMMENT 'UUIDv7',
  Provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ReceivedAt DATETIME(6) NOT NULL,
  ContentType VARCHAR(255) NULL,
  Headers TEXT NULL COMMENT 'JSON list of name and value; no credential is ever among them',
  Query TEXT NULL COMMENT 'likewise',
  Body MEDIUMBLOB NULL COMMENT 'the bytes as received; NULL once they are no longer kept',
  Outcome ENUM('stored', 'duplicate', 'ignored', 'held', 'dead', 'refused') NOT NULL,
  Reason VARCHAR(1024) NULL COMMENT 'in plain words',
  Problems TEXT NULL COMMENT 'JSON list',
  AppointmentID BIGINT UNSIGNED NULL COMMENT 'of its first booking',
  Attempts INT UNSIGNED NOT NULL DEFAULT 1,
  UpdatedAt DATETIME(3) NOT NULL,
  PRIMARY KEY (OrgID, DeliveryID),
  KEY Outcome (OrgID, Outcome, DeliveryID),
  KEY AppointmentID (OrgID, AppointmentID)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE IF NOT EXISTS admins (
  AdminID BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  Email VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'folded',
  PasswordHash VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Argon2id',
  OrgID BIGINT UNSIGNED NULL COMMENT 'NULL: sees every org',
  CreatedAt DATETIME(3) NOT NULL,
  PRIMARY KEY (AdminID),
  UNIQUE KEY Email (Email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
