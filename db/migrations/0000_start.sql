CREATE TABLE `actions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`server_id` text NOT NULL,
	`user_id` text NOT NULL,
	`type` text NOT NULL,
	`count` integer NOT NULL,
	`target_id` integer,
	`organization_id` integer,
	`outcome` text,
	`note` text,
	`day` text NOT NULL,
	`message_link` text,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `action_petition` ON `actions` (`petition_id`,`day`);--> statement-breakpoint
CREATE INDEX `action_person` ON `actions` (`user_id`,`at`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`user_id` text,
	`server_id` text NOT NULL,
	`petition_id` integer,
	`deed` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `batches` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_id` integer NOT NULL,
	`day` text NOT NULL,
	`people` integer NOT NULL,
	`organizations` integer NOT NULL,
	`note` text,
	`server_id` text NOT NULL,
	`user_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `batch_source` ON `batches` (`source_id`);--> statement-breakpoint
CREATE TABLE `campaign_loads` (
	`petition_id` integer NOT NULL,
	`fact` text NOT NULL,
	`digest` text NOT NULL,
	PRIMARY KEY(`petition_id`, `fact`),
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `channel_languages` (
	`channel_id` text PRIMARY KEY NOT NULL,
	`server_id` text NOT NULL,
	`language` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `drafts` (
	`key` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`server_id` text NOT NULL,
	`payload` text NOT NULL,
	`at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`slug` text,
	`name` text NOT NULL,
	`place` text NOT NULL,
	`day` text NOT NULL,
	`starts_at` integer,
	`ends_at` integer,
	`description` text,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `interactions` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `job_runs` (
	`job` text PRIMARY KEY NOT NULL,
	`day` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `last_servers` (
	`user_id` text PRIMARY KEY NOT NULL,
	`server_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`server_id` text NOT NULL,
	`key` text NOT NULL,
	`values` text NOT NULL,
	`at` integer NOT NULL,
	`told_at` integer
);
--> statement-breakpoint
CREATE TABLE `observations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_id` integer NOT NULL,
	`day` text NOT NULL,
	`people` integer NOT NULL,
	`organizations` integer,
	`server_id` text NOT NULL,
	`user_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `observation_order` ON `observations` (`source_id`,`day`,`id`);--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`slug` text,
	`name` text NOT NULL,
	`url` text,
	`country` text,
	`state` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `personal_links` (
	`petition_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`code` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`petition_id`, `user_id`),
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `personal_links_code_unique` ON `personal_links` (`code`);--> statement-breakpoint
CREATE TABLE `petition_servers` (
	`petition_id` integer NOT NULL,
	`server_id` text NOT NULL,
	`role` text NOT NULL,
	`joined_at` integer NOT NULL,
	PRIMARY KEY(`petition_id`, `server_id`),
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `petitions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`server_id` text NOT NULL,
	`slug` text,
	`title` text NOT NULL,
	`ask` text NOT NULL,
	`link` text NOT NULL,
	`goal` integer NOT NULL,
	`deadline` text,
	`timezone` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `petition_slug` ON `petitions` (`server_id`,`slug`);--> statement-breakpoint
CREATE TABLE `proofs` (
	`action_id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`content_type` text,
	`bytes` blob NOT NULL,
	FOREIGN KEY (`action_id`) REFERENCES `actions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `schedules` (
	`channel_id` text PRIMARY KEY NOT NULL,
	`server_id` text NOT NULL,
	`petition_id` integer NOT NULL,
	`time` text NOT NULL,
	`timezone` text NOT NULL,
	`language` text NOT NULL,
	`when` text NOT NULL,
	`effective_from` integer NOT NULL,
	`paused_at` integer,
	`paused_until` integer,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `servers` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text DEFAULT '' NOT NULL,
	`member_role_id` text,
	`organizer_role_id` text,
	`language` text DEFAULT 'both' NOT NULL,
	`organizers_channel_id` text,
	`review_over` integer,
	`per_hour` integer,
	`current_petition_id` integer
);
--> statement-breakpoint
CREATE TABLE `shares` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`server_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `shown_members` (
	`petition_id` integer NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`petition_id`, `user_id`),
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `signatures` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`source_id` integer NOT NULL,
	`kind` text NOT NULL,
	`sealed` blob NOT NULL,
	`country` text,
	`day` text NOT NULL,
	`server_id` text NOT NULL,
	`user_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `signature_source` ON `signatures` (`source_id`);--> statement-breakpoint
CREATE TABLE `sources` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`name` text NOT NULL,
	`folded_name` text NOT NULL,
	`kind` text NOT NULL,
	`url` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `source_name` ON `sources` (`petition_id`,`folded_name`);--> statement-breakpoint
CREATE UNIQUE INDEX `source_url` ON `sources` (`petition_id`,`url`);--> statement-breakpoint
CREATE TABLE `statement_matches` (
	`petition_id` integer NOT NULL,
	`en` integer NOT NULL,
	`es` integer NOT NULL,
	`confirmed_by` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`petition_id`, `en`, `es`),
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `statement_posts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`statement_id` integer NOT NULL,
	`server_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`message_ids` text NOT NULL,
	`posted_by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`statement_id`) REFERENCES `statements`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `statements` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`language` text NOT NULL,
	`version` integer NOT NULL,
	`text` text NOT NULL,
	`reason` text,
	`author_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `statement_version` ON `statements` (`petition_id`,`language`,`version`);--> statement-breakpoint
CREATE TABLE `summaries` (
	`source_id` integer NOT NULL,
	`basis` text NOT NULL,
	`dimension` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`source_id`, `basis`, `dimension`, `key`, `kind`),
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `tally_posts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`channel_id` text NOT NULL,
	`server_id` text NOT NULL,
	`petition_id` integer NOT NULL,
	`day` text NOT NULL,
	`due_at` integer NOT NULL,
	`state` text NOT NULL,
	`facts` text NOT NULL,
	`at` integer NOT NULL,
	`holder` text NOT NULL,
	`lease_until` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`message_id` text,
	`sent_at` integer,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tally_post_sent" CHECK(("tally_posts"."state" = 'sent') = ("tally_posts"."message_id" is not null))
);
--> statement-breakpoint
CREATE INDEX `tally_post_state` ON `tally_posts` (`state`);--> statement-breakpoint
CREATE UNIQUE INDEX `tally_post_day` ON `tally_posts` (`channel_id`,`day`);--> statement-breakpoint
CREATE TABLE `targets` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`slug` text,
	`name` text NOT NULL,
	`committee` text,
	`phone` text,
	`url` text,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `voids` (
	`entry_kind` text NOT NULL,
	`entry_id` integer NOT NULL,
	`reason` text,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`entry_kind`, `entry_id`)
);
