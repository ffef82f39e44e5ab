INSERT INTO `links` (`petition_id`, `kind`, `subject_id`, `code`, `at`) SELECT `petition_id`, 'member', `user_id`, `code`, `at` FROM `personal_links`;--> statement-breakpoint
DROP TABLE `personal_links`;
