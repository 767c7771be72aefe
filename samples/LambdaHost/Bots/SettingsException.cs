namespace LambdaHost.Bots;

/// <summary>A setting is missing or wrong. The message says what was expected and what was found.</summary>
internal sealed class SettingsException(string message) : Exception(message);
