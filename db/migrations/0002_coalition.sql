CREATE TABLE `action_joins` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`action_id` integer NOT NULL,
	`user_id` text,
	`server_id` text NOT NULL,
	`organization_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`action_id`) REFERENCES `actions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `action_join` ON `action_joins` (`action_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `comments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`server_id` text NOT NULL,
	`user_id` text NOT NULL,
	`sealed` blob,
	`language` text NOT NULL,
	`message_id` text,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	`reviewed_by` text,
	`reviewed_at` integer,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `comments_message_id_unique` ON `comments` (`message_id`);--> statement-breakpoint
CREATE INDEX `comment_petition` ON `comments` (`petition_id`,`state`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`digest` text NOT NULL,
	`organization_id` integer,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`server_id` text,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_digest_unique` ON `invitations` (`digest`);--> statement-breakpoint
CREATE TABLE `links` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text,
	`server_id` text,
	`code` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_code_unique` ON `links` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `link_subject` ON `links` (`petition_id`,`kind`,`subject_id`);--> statement-breakpoint
CREATE TABLE `member_notices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text NOT NULL,
	`server_id` text NOT NULL,
	`key` text NOT NULL,
	`values` text NOT NULL,
	`at` integer NOT NULL,
	`told_at` integer
);
--> statement-breakpoint
CREATE INDEX `member_notice` ON `member_notices` (`user_id`,`server_id`);--> statement-breakpoint
CREATE TABLE `positions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`target_id` integer NOT NULL,
	`value` text NOT NULL,
	`note` text,
	`server_id` text NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `position_target` ON `positions` (`target_id`);--> statement-breakpoint
CREATE TABLE `target_offices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`target_id` integer NOT NULL,
	`city` text,
	`address` text,
	`phone` text,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `target_office` ON `target_offices` (`target_id`);--> statement-breakpoint
CREATE TABLE `target_seats` (
	`committee_id` integer NOT NULL,
	`member_id` integer NOT NULL,
	`title` text,
	`side` text NOT NULL,
	`rank` integer NOT NULL,
	`former` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`committee_id`, `member_id`),
	FOREIGN KEY (`committee_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `turnouts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`event_id` integer NOT NULL,
	`low` integer NOT NULL,
	`high` integer NOT NULL,
	`method` text,
	`server_id` text NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `turnout_event` ON `turnouts` (`event_id`);--> statement-breakpoint
ALTER TABLE `actions` ADD `question` text;--> statement-breakpoint
ALTER TABLE `actions` ADD `answer` text;--> statement-breakpoint
ALTER TABLE `events` ADD `timezone` text;--> statement-breakpoint
ALTER TABLE `events` ADD `server_id` text;--> statement-breakpoint
ALTER TABLE `events` ADD `discord_id` text;--> statement-breakpoint
ALTER TABLE `events` ADD `user_id` text;--> statement-breakpoint
ALTER TABLE `events` ADD `at` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `cancelled_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `events_discord_id_unique` ON `events` (`discord_id`);--> statement-breakpoint
ALTER TABLE `organizations` ADD `user_id` text;--> statement-breakpoint
ALTER TABLE `organizations` ADD `server_id` text;--> statement-breakpoint
ALTER TABLE `organizations` ADD `representative_id` text;--> statement-breakpoint
ALTER TABLE `organizations` ADD `agreed_at` integer;--> statement-breakpoint
ALTER TABLE `organizations` ADD `published_at` integer;--> statement-breakpoint
ALTER TABLE `petition_servers` ADD `organization_id` integer REFERENCES organizations(id);--> statement-breakpoint
ALTER TABLE `petitions` ADD `link_parameter` text DEFAULT 'source' NOT NULL;--> statement-breakpoint
ALTER TABLE `signatures` ADD `link_id` integer REFERENCES links(id);--> statement-breakpoint
CREATE INDEX `signature_link` ON `signatures` (`link_id`,`counts`) WHERE "signatures"."link_id" is not null;--> statement-breakpoint
ALTER TABLE `targets` ADD `kind` text DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE `targets` ADD `external_id` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `party` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `district` text;--> statement-breakpoint
ALTER TABLE `targets` ADD `former` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `targets` ADD `as_of` text;--> statement-breakpoint
CREATE UNIQUE INDEX `target_external` ON `targets` (`petition_id`,`external_id`);--> statement-breakpoint
UPDATE `organizations` SET `published_at` = `at` WHERE `state` = 'approved';
