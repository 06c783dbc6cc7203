using System.Globalization;

namespace DaprMoE.DirectTransport;

/// <summary>A model's fingerprint as frames have it.</summary>
internal static class Fingerprint
{
    /// <summary>Reads 32 hexadecimal digits.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public static UInt128 Parse(string text) =>
        text.Length == 32 && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 number)
            ? number
            : throw new ArgumentException($"A model's fingerprint is '{text}'; allowed: 32 hexadecimal digits.", nameof(text));
}
