using System.Globalization;

namespace TradingBot.Aws.Secrets;

/// <summary>How the AWS Parameters and Secrets Lambda Extension is asked.</summary>
public sealed class SecretsExtensionOptions
{
    /// <summary>Gets or sets the port of the extension on this machine.</summary>
    /// <value>The default is what the environment says (PARAMETERS_SECRETS_EXTENSION_HTTP_PORT), or else 2773.</value>
    public int Port { get; set; } =
        int.TryParse(Environment.GetEnvironmentVariable("PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 2_773;

    /// <summary>Gets or sets the token that proves to the extension that this function is asking.</summary>
    /// <value>The default is the function's session token (AWS_SESSION_TOKEN).</value>
    public string? Token { get; set; } = Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN");

    /// <summary>Gets or sets how long an extension is waited for that does not serve yet.</summary>
    /// <value>The default is 5 seconds. Zero or more.</value>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the clock of the waits.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Returns a text without the token.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"SecretsExtensionOptions (port {Port})");
}
