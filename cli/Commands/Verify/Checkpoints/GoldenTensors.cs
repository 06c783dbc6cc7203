using System.Runtime.InteropServices;
using DaprMoE.Models;

namespace DaprMoE.Cli;

/// <summary>The numbers of <c>golden.safetensors</c>.</summary>
internal sealed class GoldenTensors(string folder) : IDisposable
{
    private readonly SafetensorsFile _file = SafetensorsFile.Open(Path.Combine(folder, "golden.safetensors"));

    public float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(_file.Data(name)).ToArray();

    public int[] Ids(string name) => MemoryMarshal.Cast<byte, int>(_file.Data(name)).ToArray();

    public void Dispose() => _file.Dispose();
}
