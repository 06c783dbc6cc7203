namespace DaprMoE.Scheduling;

/// <summary>Reusable buffers that grow and never shrink.</summary>
internal static class Grow
{
    public static void To<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[Math.Max(length, 2 * buffer.Length)];
        }
    }
}
