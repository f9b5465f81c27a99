export type NotificationState = "dead" | "sent" | "waiting";
