namespace LambdaHost;

/// <summary>Some of several bots failed; the others are done, and do nothing twice when the event is tried again.</summary>
internal sealed class BotsFailedException(string message, Exception innerException) : Exception(message, innerException);
