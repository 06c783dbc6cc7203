using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>
/// Uniform weights by counter: element i of a tensor depends on seed, name and i alone, so any part can be made at any time on any thread.
/// </summary>
internal sealed class WeightGenerator
{
    /// <summary>Values that come from one hash of 64 bits.</summary>
    public const int Lanes = 4;

    private readonly ulong _key;
    private readonly float _center;
    private readonly float _step;

    /// <summary>A generator for one tensor.</summary>
    /// <param name="seed">The checkpoint's seed.</param>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="center">The mean.</param>
    /// <param name="deviation">The standard deviation.</param>
    public WeightGenerator(ulong seed, string tensor, double center, double deviation)
    {
        _key = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(tensor), (long)seed);
        _center = (float)center;

        // A uniform distribution of deviation d reaches from -d·√3 to d·√3.
        _step = (float)(deviation * Math.Sqrt(3) / 32768);
    }

    /// <summary>Writes elements in a stored format.</summary>
    /// <param name="first">Index of the first element, a multiple of <see cref="Lanes"/>.</param>
    /// <param name="type">The format.</param>
    /// <param name="destination">Receives whole elements.</param>
    public void Fill(long first, DType type, Span<byte> destination)
    {
        switch (type)
        {
            case DType.F32:
                Fill(first, MemoryMarshal.Cast<byte, float>(destination), value => value);
                break;
            case DType.F16:
                Fill(first, MemoryMarshal.Cast<byte, ushort>(destination), value => BitConverter.HalfToUInt16Bits((Half)value));
                break;
            default:
                Fill(first, MemoryMarshal.Cast<byte, ushort>(destination), ToBFloat16);
                break;
        }
    }

    private void Fill<T>(long first, Span<T> values, Func<float, T> store)
    {
        for (int i = 0; i < values.Length; i += Lanes)
        {
            ulong bits = Mix(_key + ((ulong)(first + i) / Lanes));
            for (int lane = 0; lane < Lanes && i + lane < values.Length; lane++)
            {
                values[i + lane] = store(_center + (((int)(bits & 0xffff) - 32767.5f) * _step));
                bits >>= 16;
            }
        }
    }

    /// <summary>SplitMix64's finaliser over a Weyl sequence.</summary>
    private static ulong Mix(ulong counter)
    {
        ulong z = counter * 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>Rounds to nearest, ties to even.</summary>
    private static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }
}
