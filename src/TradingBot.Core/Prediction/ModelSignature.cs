using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace TradingBot.Prediction;

/// <summary>The names and shapes with which a model is run.</summary>
/// <param name="InputName">The name of its input.</param>
/// <param name="InputShape">The shape of its input in every run; the batch comes first.</param>
/// <param name="OutputName">The name of the output that is the forecast.</param>
/// <param name="OutputShape">The shape of that output in every run.</param>
/// <param name="UsableRows">How many rows of a run may hold a window of their own, so that each forecast has the same bits in any row.</param>
/// <param name="OutputIndex">Which value of a row's output is the forecast, counted from 0.</param>
internal sealed record ModelSignature(string InputName, long[] InputShape, string OutputName, long[] OutputShape, int UsableRows, int OutputIndex)
{
    private const int Dynamic = -1;

    /// <summary>Compares a model with its card, and runs it once to see the shape of its output.</summary>
    /// <exception cref="ModelException">They do not fit.</exception>
    public static ModelSignature Check(InferenceSession session, ModelCard card, OnnxPredictorOptions options, string source)
    {
        var inputName = session.InputNames.Count == 1
            ? session.InputNames[0]
            : throw Misfit(card, source, "one input", $"{session.InputNames.Count}: {string.Join(", ", session.InputNames)}");
        var inputShape = InputShapeOf(session.InputMetadata[inputName], card, options.BatchSize, source);
        var outputName = OutputNameOf(session, card, options.OutputName, source);
        RequireFloats(session.OutputMetadata[outputName], card, source, $"output '{outputName}'");

        var outputShape = TryRun(session, card, source, inputName, inputShape, outputName);
        var batch = (int)inputShape[0];
        var steps = StepsOf(outputShape, batch)
            ?? throw Misfit(
                card, source, $"output '{outputName}' of shape [{batch}], [{batch}, 1], [{batch}, steps] or [{batch}, steps, 1] for a batch of {batch}", ShapeText(outputShape));
        var index = OutputIndexOf(steps, card, options, source);

        // In other sizes, some rows fall to code for single numbers, which rounds otherwise than the code for vectors.
        var usable = batch % OnnxPredictorOptions.RowsPerVector == 0 ? batch : 1;
        return new ModelSignature(inputName, inputShape, outputName, outputShape, usable, index);
    }

    private static long[] InputShapeOf(NodeMetadata input, ModelCard card, int batchSize, string source)
    {
        RequireFloats(input, card, source, "input");
        var (dimensions, window, features) = (input.Dimensions, card.Window, card.InputWidth);
        int[]? wanted = dimensions.Length switch
        {
            3 => [Dynamic, window, features],
            2 when features == 1 || window == 1 => [Dynamic, window * features],
            _ => null,
        };
        if (wanted is null || !Fits(dimensions, wanted))
        {
            var expected = features == 1 ? $"[batch, {window}, 1] or [batch, {window}]" : $"[batch, {window}, {features}]";
            throw Misfit(
                card, source, $"an input of shape {expected}, as its card says window {window} and {features} feature(s) ({card.InputNames()})", ShapeText(dimensions.Select(dimension => (long)dimension)));
        }

        wanted[0] = dimensions[0] > 0 ? dimensions[0] : batchSize;
        return Array.ConvertAll(wanted, dimension => (long)dimension);
    }

    private static bool Fits(int[] dimensions, int[] wanted)
    {
        for (var i = 0; i < wanted.Length; i++)
        {
            if (dimensions[i] > 0 && wanted[i] != Dynamic && dimensions[i] != wanted[i])
            {
                return false;
            }
        }

        return true;
    }

    private static string OutputNameOf(InferenceSession session, ModelCard card, string? wanted, string source)
    {
        var names = string.Join(", ", session.OutputNames);
        if (wanted is not null)
        {
            return session.OutputNames.Contains(wanted, StringComparer.Ordinal) ? wanted : throw Misfit(card, source, $"an output named '{wanted}'", names);
        }

        return session.OutputNames.Count == 1
            ? session.OutputNames[0]
            : throw Misfit(card, source, $"one output, or {nameof(OnnxPredictorOptions)}.{nameof(OnnxPredictorOptions.OutputName)} to say which", $"{session.OutputNames.Count}: {names}");
    }

    private static void RequireFloats(NodeMetadata node, ModelCard card, string source, string what)
    {
        if (!node.IsTensor || node.ElementDataType != TensorElementType.Float)
        {
            throw Misfit(card, source, $"an {what} of float32 numbers", node.IsTensor ? node.ElementDataType.ToString() : node.OnnxValueType.ToString());
        }
    }

    private static long[] TryRun(InferenceSession session, ModelCard card, string source, string inputName, long[] inputShape, string outputName)
    {
        var values = new float[inputShape.Aggregate(1L, (product, dimension) => product * dimension)];
        Array.Fill(values, 1f);
        try
        {
            using var input = OrtValue.CreateTensorValueFromMemory(values, inputShape);
            using var options = new RunOptions();
            using var outputs = session.Run(options, [inputName], [input], [outputName]);
            return outputs[0].GetTensorTypeAndShape().Shape;
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException(
                $"The model '{card.Name}' from '{source}' does not run with an input of shape {ShapeText(inputShape)}. "
                + $"If it was made for one window at a time, set {nameof(OnnxPredictorOptions)}.{nameof(OnnxPredictorOptions.BatchSize)} to 1. {e.Message.Trim()}", e);
        }
    }

    private static int? StepsOf(long[] shape, int batch) => shape switch
    {
        [] when batch == 1 => 1,
        [var rows] when rows == batch => 1,
        [var rows, > 0 and var steps] when rows == batch => (int)steps,
        [var rows, > 0 and var steps, 1] when rows == batch => (int)steps,
        _ => null,
    };

    private static int OutputIndexOf(int steps, ModelCard card, OnnxPredictorOptions options, string source)
    {
        if (options.OutputStep is { } step)
        {
            return step <= steps ? step - 1 : throw Misfit(card, source, $"at least {step} values per window, as the options ask for value {step}", $"{steps}");
        }

        if (steps == 1)
        {
            return 0;
        }

        if (steps < card.Horizon)
        {
            throw Misfit(card, source, $"1 value per window or at least {card.Horizon}, one for each bar up to its horizon", $"{steps}");
        }

        // Where the card is not the file's own, five values may be five bars ahead or the five columns of one bar; a wrong guess would trade.
        return options.Card is null || steps == card.Horizon
            ? card.Horizon - 1
            : throw Misfit(
                card, source, $"1 value per window, or {card.Horizon} as its horizon is {card.Horizon}, or {nameof(OnnxPredictorOptions)}.{nameof(OnnxPredictorOptions.OutputStep)} to say which", $"{steps}");
    }

    private static string ShapeText(IEnumerable<long> shape) =>
        $"[{string.Join(", ", shape.Select(dimension => dimension < 0 ? "any" : $"{dimension}"))}]";

    private static ModelException Misfit(ModelCard card, string source, string expected, string found) =>
        new($"The model '{card.Name}' from '{source}' does not fit: expected {expected}, found {found}.");
}
