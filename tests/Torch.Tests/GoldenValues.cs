using System.Runtime.InteropServices;
using System.Text.Json;
using DaprMoE.Models;

namespace DaprMoE.Torch.Tests;

/// <summary>What a fixture says must come out.</summary>
internal sealed class GoldenValues : IDisposable
{
    /// <summary>The positions of p17 whose residual stream is kept.</summary>
    public static readonly int[] Positions = [0, 8, 16];

    private readonly SafetensorsFile _numbers;
    private readonly JsonDocument _facts;

    public GoldenValues(string folder)
    {
        _numbers = SafetensorsFile.Open(Path.Combine(folder, "golden.safetensors"));
        _facts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "golden.json")));
    }

    public int[] MoeLayers => Ints(_facts.RootElement.GetProperty("moe_layers"));

    public int[] GreedyTokens => Ints(_facts.RootElement.GetProperty("greedy").GetProperty("tokens"));

    public int[] Prompt(string name) => Ints(_facts.RootElement.GetProperty("prompts").GetProperty(name));

    public double Tolerance(string kind) => _facts.RootElement.GetProperty("tolerance_max_abs").GetProperty(kind).GetDouble();

    public float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(_numbers.Data(name)).ToArray();

    public int[] Ids(string name) => MemoryMarshal.Cast<byte, int>(_numbers.Data(name)).ToArray();

    public void Dispose()
    {
        _facts.Dispose();
        _numbers.Dispose();
    }

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetInt32())];
}
