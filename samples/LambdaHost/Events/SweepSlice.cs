using System.Text.Json.Serialization;

namespace LambdaHost.Events;

/// <summary>A slice of a search.</summary>
/// <param name="Location">Where the search lies: <c>s3://bucket/prefix</c>, or a folder.</param>
/// <param name="Slice">Which slice, 0 the first.</param>
/// <param name="Slices">Of how many.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SweepSlice(string Location, int Slice, int Slices);
