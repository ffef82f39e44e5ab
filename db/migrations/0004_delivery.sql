CREATE TABLE `deliveries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`target_id` integer NOT NULL,
	`day` text NOT NULL,
	`place` text,
	`follow_up_on` text,
	`reminded_at` integer,
	`server_id` text NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`target_id`) REFERENCES `targets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_target` ON `deliveries` (`petition_id`,`target_id`);--> statement-breakpoint
CREATE TABLE `delivery_proofs` (
	`delivery_id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`content_type` text,
	`bytes` blob NOT NULL,
	FOREIGN KEY (`delivery_id`) REFERENCES `deliveries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `packets` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`petition_id` integer NOT NULL,
	`format` text NOT NULL,
	`language` text NOT NULL,
	`sha256` text NOT NULL,
	`size` integer NOT NULL,
	`total` integer NOT NULL,
	`names` integer NOT NULL,
	`server_id` text NOT NULL,
	`user_id` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `packet_petition` ON `packets` (`petition_id`);--> statement-breakpoint
CREATE TABLE `release_facts` (
	`petition_id` integer NOT NULL,
	`fact` text NOT NULL,
	`value` text NOT NULL,
	`server_id` text NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`petition_id`, `fact`),
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `responses` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`delivery_id` integer NOT NULL,
	`day` text NOT NULL,
	`text` text NOT NULL,
	`answered_by` text,
	`server_id` text NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`delivery_id`) REFERENCES `deliveries`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `response_delivery` ON `responses` (`delivery_id`);--> statement-breakpoint
CREATE TABLE `thanks` (
	`petition_id` integer NOT NULL,
	`server_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`message_id` text,
	`sent_at` integer,
	`refused_at` integer,
	`holder` text NOT NULL,
	`lease_until` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`petition_id`, `channel_id`),
	FOREIGN KEY (`petition_id`) REFERENCES `petitions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `servers` ADD `confirmed_by_two` integer DEFAULT false NOT NULL;