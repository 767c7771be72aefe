using System.Text.Json;

namespace TradingBot.FakeBinance.Protocol;

/// <summary>The endpoints by method and path.</summary>
internal sealed class EndpointTable
{
    private readonly Dictionary<(string Method, string Path), Endpoint> _endpoints = [];

    internal Endpoint Find(string method, string path) => _endpoints.GetValueOrDefault((method, path))
        ?? throw new ApiError(-5000, $"Path {path}, Method {method} is invalid", 404);

    internal void Add(Endpoint endpoint) => _endpoints.Add((endpoint.Method, endpoint.Path), endpoint);

    internal void Open(string path, Func<ApiRequest, int> weight, Action<ApiRequest, Utf8JsonWriter> handle) =>
        Add(new Endpoint("GET", path, Security.Public, weight, handle));

    internal void Open(string path, int weight, Action<ApiRequest, Utf8JsonWriter> handle) => Open(path, _ => weight, handle);

    internal void Signed(string method, string path, Func<ApiRequest, int> weight, Action<ApiRequest, Utf8JsonWriter> handle) =>
        Add(new Endpoint(method, path, Security.Signed, weight, handle));

    internal void Signed(string method, string path, int weight, Action<ApiRequest, Utf8JsonWriter> handle) =>
        Signed(method, path, _ => weight, handle);
}
