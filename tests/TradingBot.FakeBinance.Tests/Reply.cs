using System.Globalization;
using System.Net;
using System.Text.Json;

namespace TradingBot.FakeBinance.Tests;

/// <summary>An answer of the server.</summary>
internal sealed record Reply(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json { get; } = Body.StartsWith('{') || Body.StartsWith('[') ? JsonSerializer.Deserialize<JsonElement>(Body) : default;

    public int Code => Json.GetProperty("code").GetInt32();

    public static async Task<Reply> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));

    public string Text(string name) => Json.GetProperty(name).GetString()!;

    public decimal Decimal(string name) => decimal.Parse(Text(name), CultureInfo.InvariantCulture);

    public void ShouldBeError(int code, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Status.Should().Be(status, Body);
        Code.Should().Be(code, Body);
    }

    public Reply ShouldBeOk()
    {
        Status.Should().Be(HttpStatusCode.OK, Body);
        return this;
    }
}
