export type NotificationChannel = "mail" | "webhook";
