CREATE TABLE `connections` (
	`source_id` integer PRIMARY KEY NOT NULL,
	`connector` text NOT NULL,
	`settings` text NOT NULL,
	`server_id` text NOT NULL,
	`user_id` text,
	`at` integer NOT NULL,
	`next_at` integer NOT NULL,
	`stopped_at` integer,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `departures` (
	`identity` blob PRIMARY KEY NOT NULL,
	`how` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `identities` (
	`identity` blob NOT NULL,
	`source_id` integer NOT NULL,
	`signature_id` integer NOT NULL,
	PRIMARY KEY(`identity`, `source_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`source_id` integer NOT NULL,
	`staged` text NOT NULL,
	`file_name` text NOT NULL,
	`state` text NOT NULL,
	`first_id` integer DEFAULT 0 NOT NULL,
	`added` integer DEFAULT 0 NOT NULL,
	`consent` text NOT NULL,
	`server_id` text NOT NULL,
	`user_id` text,
	`at` integer NOT NULL,
	`holder` text NOT NULL,
	`lease_until` integer NOT NULL,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `likely_duplicates` (
	`signature_id` integer PRIMARY KEY NOT NULL,
	FOREIGN KEY (`signature_id`) REFERENCES `signatures`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `likenesses` (
	`likeness` blob NOT NULL,
	`signature_id` integer NOT NULL,
	PRIMARY KEY(`likeness`, `signature_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `merges` (
	`signature_id` integer PRIMARY KEY NOT NULL,
	`into_id` integer NOT NULL,
	`user_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`signature_id`) REFERENCES `signatures`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`into_id`) REFERENCES `signatures`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `merge_into` ON `merges` (`into_id`);--> statement-breakpoint
CREATE TABLE `polls` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_id` integer NOT NULL,
	`at` integer NOT NULL,
	`people` integer,
	`problem` text,
	`http_status` integer,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `poll_source` ON `polls` (`source_id`,`at`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_signatures` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_id` integer NOT NULL,
	`kind` text NOT NULL,
	`sealed` blob,
	`country` text,
	`day` text NOT NULL,
	`consent` integer DEFAULT false NOT NULL,
	`identity` blob,
	`likeness` blob,
	`settled` integer DEFAULT false NOT NULL,
	`counts` integer DEFAULT true NOT NULL,
	`import_id` integer,
	`server_id` text NOT NULL,
	`user_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_signatures`("id", "source_id", "kind", "sealed", "country", "day", "server_id", "user_id", "at") SELECT "id", "source_id", "kind", "sealed", "country", "day", "server_id", "user_id", "at" FROM `signatures`;--> statement-breakpoint
DROP TABLE `signatures`;--> statement-breakpoint
ALTER TABLE `__new_signatures` RENAME TO `signatures`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `signature_source` ON `signatures` (`source_id`);--> statement-breakpoint
CREATE INDEX `signature_typed_by` ON `signatures` (`user_id`) WHERE "signatures"."user_id" is not null;--> statement-breakpoint
ALTER TABLE `petitions` ADD `delivered_at` integer;--> statement-breakpoint
ALTER TABLE `petitions` ADD `removal_told_at` integer;--> statement-breakpoint
ALTER TABLE `petitions` ADD `names_removed_at` integer;--> statement-breakpoint
ALTER TABLE `servers` ADD `signing` integer DEFAULT false NOT NULL;