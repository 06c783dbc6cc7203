using System.Collections.Frozen;
using DaprMoE.Tensors;

namespace DaprMoE.Models;

/// <summary>Names and sizes of each <see cref="SafetensorsType"/>.</summary>
public static class SafetensorsTypes
{
    private static readonly FrozenDictionary<string, (SafetensorsType Type, int Bits)> ByName =
        new Dictionary<string, (SafetensorsType, int)>
        {
            ["BOOL"] = (SafetensorsType.Bool, 8),
            ["F4"] = (SafetensorsType.F4, 4),
            ["F6_E2M3"] = (SafetensorsType.F6E2M3, 6),
            ["F6_E3M2"] = (SafetensorsType.F6E3M2, 6),
            ["U8"] = (SafetensorsType.U8, 8),
            ["I8"] = (SafetensorsType.I8, 8),
            ["F8_E5M2"] = (SafetensorsType.F8E5M2, 8),
            ["F8_E4M3"] = (SafetensorsType.F8E4M3, 8),
            ["F8_E8M0"] = (SafetensorsType.F8E8M0, 8),
            ["I16"] = (SafetensorsType.I16, 16),
            ["U16"] = (SafetensorsType.U16, 16),
            ["F16"] = (SafetensorsType.F16, 16),
            ["BF16"] = (SafetensorsType.BF16, 16),
            ["I32"] = (SafetensorsType.I32, 32),
            ["U32"] = (SafetensorsType.U32, 32),
            ["F32"] = (SafetensorsType.F32, 32),
            ["C64"] = (SafetensorsType.C64, 64),
            ["F64"] = (SafetensorsType.F64, 64),
            ["I64"] = (SafetensorsType.I64, 64),
            ["U64"] = (SafetensorsType.U64, 64),
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<SafetensorsType, (string Name, int Bits)> ByType =
        ByName.ToFrozenDictionary(entry => entry.Value.Type, entry => (entry.Key, entry.Value.Bits));

    /// <summary>Every name, for messages.</summary>
    internal static string AllNames { get; } = string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal));

    /// <summary>The name in the header, e.g. <c>F8_E4M3</c>.</summary>
    public static string Name(this SafetensorsType type) => ByType[type].Name;

    /// <summary>Bits of one element.</summary>
    public static int Bits(this SafetensorsType type) => ByType[type].Bits;

    /// <summary>The type as a stored weight format; null where weights can't be computed with in it.</summary>
    public static DType? AsWeight(this SafetensorsType type) => type switch
    {
        SafetensorsType.F32 => DType.F32,
        SafetensorsType.F16 => DType.F16,
        SafetensorsType.BF16 => DType.BF16,
        _ => null,
    };

    /// <summary>The format's type of a stored weight format.</summary>
    public static SafetensorsType AsSafetensors(this DType type) => type switch
    {
        DType.F32 => SafetensorsType.F32,
        DType.F16 => SafetensorsType.F16,
        DType.BF16 => SafetensorsType.BF16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Known are F32, F16 and BF16."),
    };

    internal static bool TryParse(string name, out SafetensorsType type)
    {
        bool known = ByName.TryGetValue(name, out (SafetensorsType Type, int Bits) found);
        type = found.Type;
        return known;
    }
}
