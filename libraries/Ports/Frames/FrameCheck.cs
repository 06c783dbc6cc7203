using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace DaprMoE.Ports;

/// <summary>Holds fields to their ranges.</summary>
internal static class FrameCheck
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Range(string field, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            Refuse(field, value, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Equal(string field, long value, long expected)
    {
        if (value != expected)
        {
            Refuse(field, value, string.Create(CultureInfo.InvariantCulture, $"{expected}"));
        }
    }

    [DoesNotReturn]
    public static void Refuse(string field, long value, string allowed) =>
        throw new FrameException(field, value.ToString(CultureInfo.InvariantCulture), allowed);
}
