using CsCheck;

namespace DaprMoE.Ports.Tests;

public sealed class ForecastCodecTests
{
    private static readonly ForecastDocument Forecast = new()
    {
        Version = 3,
        Model = "tiny-moe",
        WindowVersion = 12,
        Predictor = "smoothing",
        Reason = "too few windows",
        Shape = new LayerShape(2, 2),
        Loads = [1, 0.5f, 0, 3],
    };

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame()
    {
        ForecastDocument read = ForecastCodec.Decode(ForecastCodec.Encode(Forecast));
        Assert.Equal(Forecast.Loads, read.Loads);
        Assert.Equal(Forecast with { Loads = read.Loads }, read);
    }

    [Fact]
    public void Decode_LoadThatIsNone_IsRefused()
    {
        byte[] bytes = ForecastCodec.Encode(Forecast with { Loads = [1, float.NaN, 0, 3] });
        DocumentException error = Assert.Throws<DocumentException>(() => ForecastCodec.Decode(bytes));
        Assert.Contains("a load NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ChangedBytes_AreReadOrRefused() => Gen.Select(Gen.Int[0, 60], Gen.Byte).Sample((place, value) =>
    {
        byte[] bytes = ForecastCodec.Encode(Forecast);
        bytes[place % bytes.Length] = value;
        try
        {
            Assert.Equal(ForecastCodec.Decode(bytes).Shape.Count, ForecastCodec.Decode(bytes).Loads.Length);
        }
        catch (DocumentException)
        {
            // Refused, which is as good.
        }
    });
}
