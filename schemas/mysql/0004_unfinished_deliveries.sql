-- Deliveries whose look-ups are still to be made: held ones, and those of which only what the webhook
-- itself says is stored. A row is there only as long as there is something to do, so that whoever
-- looks for work reads a small table, and deliveries that need no look-up never touch it.
--
-- NextAttemptAt is the lease as well: who sets it forward, from the value that it had, has the
-- delivery until then. A gateway that dies lets go of what it had without a word.

CREATE TABLE IF NOT EXISTS unfinished_deliveries (
  OrgID BIGINT UNSIGNED NOT NULL,
  DeliveryID BINARY(16) NOT NULL,
  Provider VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  NextAttemptAt DATETIME(3) NOT NULL,
  Attempts INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'that were begun',
  Replayed TINYINT(1) NOT NULL DEFAULT 0
    COMMENT '1: what is stored of it may be complete, so that only a complete answer replaces it',
  WaitsSince DATETIME(3) NOT NULL COMMENT 'it is given up a while after',
  PRIMARY KEY (OrgID, DeliveryID),
  KEY Due (Provider, NextAttemptAt)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
