namespace ConsoleHost;

/// <summary>A setting of a strategy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">The value unless another is given; <see langword="null"/> for none.</param>
/// <param name="Description">What it is, in a few words.</param>
internal sealed record StrategySetting(string Name, double? Default, string Description)
{
    /// <summary>Gets a value indicating whether only whole numbers make sense.</summary>
    public bool IsWhole { get; init; }
}
