package dev.resurge.activities.notice;

/** One way to people. */
interface Channel {
  /**
   * Passes a message on, or fails within seconds.
   *
   * @throws dev.resurge.workflows.model.ResurgeException {@code NoticeUndelivered} if another try
   *     may help, else {@code NoticeRefused} or what the configuration lacks; the message says what
   *     came back and holds no secret
   */
  void send(Message message);

  /** For messages: {@code ntfy topic alerts on ntfy.example}. */
  String describe();
}
