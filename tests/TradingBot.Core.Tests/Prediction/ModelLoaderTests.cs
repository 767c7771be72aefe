using System.Reflection;
using TradingBot.Prediction;

namespace TradingBot.Core.Tests.Prediction;

public sealed class ModelLoaderTests
{
    private static readonly Assembly Own = typeof(ModelLoaderTests).Assembly;

    [Fact]
    public async Task File_ThatExists_IsLoadedWhole()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "file-loader-test.onnx");
        byte[] content = [1, 2, 3];
        await File.WriteAllBytesAsync(path, content);

        var file = await new FileModelLoader(path).LoadAsync();

        file.Content.ToArray().Should().Equal(content);
        file.Source.Should().Be(path);
        file.Sha256.Should().Be("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        File.Delete(path);
    }

    [Theory]
    [InlineData("no-such.onnx")]
    [InlineData("no-such-folder/model.onnx")]
    public async Task File_Missing_SaysWhereItLooked(string path)
    {
        var load = () => new FileModelLoader(path).LoadAsync();

        (await load.Should().ThrowAsync<ModelException>()).Which.Message.Should().Be($"The model's file '{path}' does not exist; looked for '{Path.GetFullPath(path)}'.");
    }

    [Fact]
    public async Task File_ThatIsAFolder_CannotBeRead()
    {
        var load = () => new FileModelLoader(AppContext.BaseDirectory).LoadAsync();

        await load.Should().ThrowAsync<ModelException>().WithMessage($"*'{AppContext.BaseDirectory}' cannot be read:*");
    }

    [Fact]
    public async Task Embedded_ThatExists_IsLoadedWhole()
    {
        var file = await new EmbeddedModelLoader(Own, "Models/tiny.txt").LoadAsync();

        file.Source.Should().Be("Models/tiny.txt");
        file.Content.ToArray().Should().Equal("a resource\n"u8.ToArray());
    }

    [Fact]
    public async Task Embedded_Missing_ListsWhatThereIs()
    {
        var load = () => new EmbeddedModelLoader(Own, "tiny.txt").LoadAsync();

        await load.Should().ThrowAsync<ModelException>().WithMessage("The assembly TradingBot.Core.Tests has no resource 'tiny.txt'; found 'Models/tiny.txt'.");
    }

    [Fact]
    public async Task Embedded_AssemblyWithoutResources_SaysSo()
    {
        var load = () => new EmbeddedModelLoader(typeof(ModelCard).Assembly, "tiny.txt").LoadAsync();

        await load.Should().ThrowAsync<ModelException>().WithMessage("The assembly TradingBot.Core has no resource 'tiny.txt'; found no resources.");
    }
}
