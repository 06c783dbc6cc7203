namespace DaprMoE.Ports;

/// <summary>Forecasts as bytes.</summary>
public static class ForecastCodec
{
    private const uint Magic = 0x444D4643; // DMFC
    private const byte Format = 1;
    private const int MaxReasonBytes = 1024;

    /// <summary>Writes a forecast.</summary>
    public static byte[] Encode(ForecastDocument forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        DocumentWriter writer = new(Magic, Format);
        writer.Text(forecast.Model);
        writer.Whole(forecast.Version);
        writer.Whole(forecast.WindowVersion);
        writer.Text(forecast.Predictor);
        writer.Text(forecast.Reason);
        forecast.Shape.Write(writer);
        writer.Floats(forecast.Loads);
        return writer.ToArray();
    }

    /// <summary>Reads a forecast.</summary>
    /// <exception cref="DocumentException">The bytes are no forecast; the message says why.</exception>
    public static ForecastDocument Decode(ReadOnlySpan<byte> bytes)
    {
        DocumentReader reader = new("forecast", bytes, Magic, Format);
        string model = reader.Text("a model name", StateKeys.MaxNameLength);
        long version = reader.Whole("version", long.MaxValue);
        long window = reader.Whole("a window's version", long.MaxValue);
        string predictor = reader.Text("a predictor's name", StateKeys.MaxNameLength);
        string reason = reader.Text("a reason", MaxReasonBytes);
        LayerShape shape = LayerShape.Read(ref reader);
        float[] loads = reader.Floats("a load", shape.Count);
        reader.End();
        return new ForecastDocument
        {
            Model = model,
            Version = version,
            WindowVersion = window,
            Predictor = predictor,
            Reason = reason,
            Shape = shape,
            Loads = loads,
        };
    }
}
