using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace TradingBot.Prediction;

/// <summary>Opens sessions of ONNX Runtime the way this SDK wants them: quiet, sequential, few threads.</summary>
internal static class OnnxSession
{
    public static InferenceSession Open(ModelFile file, OnnxPredictorOptions options)
    {
        if (file.Content.IsEmpty)
        {
            throw new ModelException($"The model '{file.Source}' is empty; expected a file in the ONNX format.");
        }

        try
        {
            OrtEnv.Instance().DisableTelemetryEvents();
            using var settings = new SessionOptions
            {
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                IntraOpNumThreads = options.IntraOpThreads,
                InterOpNumThreads = 1,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // what is an error arrives as an exception
            };
            settings.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            return new InferenceSession(BytesOf(file.Content), settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelException(
                $"The model '{file.Source}' cannot be loaded: expected a file in the ONNX format that ONNX Runtime {OrtEnv.Instance().GetVersionString()} can run, found {file.Content.Length} bytes of which it says: {e.Message.Trim()}", e);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            throw new ModelException(
                $"The model '{file.Source}' cannot be loaded: ONNX Runtime's native library for {RuntimeInformation.RuntimeIdentifier} is missing or of another version. Publish the application for this system.", e);
        }
    }

    // ONNX Runtime wants a whole array, which most loaders have already.
    private static byte[] BytesOf(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var segment) && segment.Array is { } array && array.Length == content.Length ? array : content.ToArray();
}
