namespace DaprMoE.Ports;

/// <summary>Load windows as bytes.</summary>
public static class LoadWindowCodec
{
    /// <summary>Most samples of a window.</summary>
    public const int MaxSamples = 64;

    private const uint Magic = 0x444D4C57; // DMLW
    private const byte Format = 1;

    /// <summary>Writes a window.</summary>
    public static byte[] Encode(LoadWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        DocumentWriter writer = new(Magic, Format);
        writer.Text(window.Model);
        writer.Whole(window.Version);
        writer.Whole(window.ClosedAt);
        window.Shape.Write(writer);
        writer.Whole(window.Iterations);
        writer.Whole(window.PromptTokens);
        writer.Whole(window.DecodeTokens);
        writer.Wholes(window.Loads);
        writer.Whole(window.Expected.Length);
        writer.Floats(window.Expected);
        writer.Whole(window.Samples.Count);
        foreach (LoadSample sample in window.Samples)
        {
            writer.Whole(sample.Iterations);
            writer.Wholes(sample.Loads);
        }

        return writer.ToArray();
    }

    /// <summary>Reads a window.</summary>
    /// <exception cref="DocumentException">The bytes are no window; the message says why.</exception>
    public static LoadWindow Decode(ReadOnlySpan<byte> bytes)
    {
        DocumentReader reader = new("load window", bytes, Magic, Format);
        string model = reader.Text("a model name", StateKeys.MaxNameLength);
        long version = reader.Whole("version", long.MaxValue);
        long closedAt = reader.Whole("a closing time", long.MaxValue);
        LayerShape shape = LayerShape.Read(ref reader);
        LoadWindow window = new()
        {
            Model = model,
            Version = version,
            ClosedAt = closedAt,
            Shape = shape,
            Iterations = reader.Count("iterations", int.MaxValue),
            PromptTokens = reader.Count("prompt tokens", int.MaxValue),
            DecodeTokens = reader.Count("decode tokens", int.MaxValue),
            Loads = reader.Wholes("a load", shape.Count),
            Expected = ReadExpected(ref reader, shape),
            Samples = ReadSamples(ref reader, shape),
        };
        reader.End();
        return version >= 1 ? window : throw reader.Fault("version 0; versions begin at 1");
    }

    private static float[] ReadExpected(ref DocumentReader reader, LayerShape shape)
    {
        int count = reader.Count("expected loads", shape.Count);
        return count == 0 || count == shape.Count
            ? reader.Floats("an expected load", count)
            : throw reader.Fault($"{count} expected loads; allowed: none, or {shape.Count}, one per expert");
    }

    private static LoadSample[] ReadSamples(ref DocumentReader reader, LayerShape shape)
    {
        List<LoadSample> samples = [];
        int count = reader.Count("samples", MaxSamples);
        for (int i = 0; i < count; i++)
        {
            int iterations = reader.Count("iterations of a sample", int.MaxValue);
            samples.Add(new LoadSample(Math.Max(1, iterations), reader.Wholes("a load of a sample", shape.Count)));
        }

        return [.. samples];
    }
}
