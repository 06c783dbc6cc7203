using System.Text;
using CsCheck;
using DaprMoE.Scheduling;

namespace DaprMoE.Ports.Tests;

public sealed class PlanCodecTests
{
    private static readonly PlanDocument Plan = new(
        Version: 2,
        Model: "tiny-moe",
        Policy: "auto",
        WindowVersion: 10,
        ForecastVersion: 0,
        CreatedAt: 1000,
        KeepAliveMilliseconds: 2000,
        Experts: 2,
        Devices: ["host-0", "host-1"],
        Layers: [new PlanLayer("replanned", [0, 0, 0, 0, 1, 1, 1, 0, 1]), new PlanLayer("no-load", [])]);

    [Fact]
    public void Encode_Plan_IsReadableJson() => Assert.Equal(
        """{"version":2,"model":"tiny-moe","policy":"auto","window_version":10,"forecast_version":0,"created_at":1000,"""
        + """ "keep_alive_milliseconds":2000,"experts":2,"devices":["host-0","host-1"],""".TrimStart()
        + """ "layers":[{"reason":"replanned","replicas":[0,0,0,0,1,1,1,0,1]},{"reason":"no-load","replicas":[]}]}""".TrimStart(),
        Encoding.UTF8.GetString(PlanCodec.Encode(Plan)));

    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame() =>
        Assert.Equal(PlanCodec.Encode(Plan), PlanCodec.Encode(PlanCodec.Decode(PlanCodec.Encode(Plan))));

    [Fact]
    public void ToLayerPlan_Replicas_AreThoseOfThePolicy()
    {
        LayerPlan plan = Plan.Layers[0].ToLayerPlan(Plan.Experts, Plan.Devices.Count);
        Assert.Equal([new(0, 0, 0), new(0, 1, 1), new(1, 0, 1)], plan.Replicas.ToArray());
        Assert.Equal(Plan.Layers[0].Replicas, PlanLayer.From(plan, PlanReason.Replanned).Replicas);
    }

    [Theory]
    [InlineData("[0,0,0,0,1,1,1,0,1]", "[0,0]", "2 numbers in layer 0")]
    [InlineData("[0,0,0,0,1,1,1,0,1]", "[2,0,0]", "L0.E2.R0 on device 0")]
    [InlineData("[0,0,0,0,1,1,1,0,1]", "[0,0,2]", "L0.E0.R0 on device 2")]
    [InlineData("[0,0,0,0,1,1,1,0,1]", "[1,0,0,0,0,0]", "L0.E0.R0 on device 0; replicas rise")]
    [InlineData("[0,0,0,0,1,1,1,0,1]", "[0,-1,0]", "L0.E0.R-1")]
    [InlineData("\"version\":2", "\"version\":0", "version 0")]
    [InlineData("\"experts\":2", "\"experts\":100000", "100000 experts")]
    [InlineData("\"host-0\",\"host-1\"", "", "0 devices")]
    [InlineData("\"model\":\"tiny-moe\",", "", "model")]
    [InlineData("\"auto\"", "null", "null")]
    public void Decode_PlanThatIsNone_SaysWhy(string part, string replacement, string expected)
    {
        string text = Encoding.UTF8.GetString(PlanCodec.Encode(Plan)).Replace(part, replacement, StringComparison.Ordinal);
        DocumentException error = Assert.Throws<DocumentException>(() => PlanCodec.Decode(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ChangedBytes_AreReadOrRefused() => Gen.Select(Gen.Int[0, 250], Gen.Byte).Sample((place, value) =>
    {
        byte[] bytes = PlanCodec.Encode(Plan);
        bytes[place % bytes.Length] = value;
        try
        {
            PlanDocument plan = PlanCodec.Decode(bytes);
            Assert.All(plan.Layers, layer => layer.ToLayerPlan(plan.Experts, plan.Devices.Count));
        }
        catch (DocumentException)
        {
            // Refused, which is as good.
        }
    });
}
