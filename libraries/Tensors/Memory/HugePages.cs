namespace DaprMoE.Tensors;

/// <summary>Asks Linux to back memory with pages of 2 MiB, which spares address translations when weights stream through.</summary>
public static unsafe class HugePages
{
    /// <summary>Bytes of a huge page.</summary>
    public const long Size = 2 << 20;

    /// <summary>
    /// Asks for a range, of a file's map too: pages that are not in the page cache yet are then read in one piece.
    /// A refusal is of no consequence: the memory works as it is.
    /// </summary>
    /// <param name="memory">The first byte, at the beginning of a page.</param>
    /// <param name="bytes">Length of the range.</param>
    public static void Advise(void* memory, long bytes) => PageAdvice.Give(memory, bytes, PageAdvice.HugePages);

    /// <summary>Asks for small pages in a range, also where the system gives huge ones unasked.</summary>
    /// <param name="memory">The first byte, at the beginning of a page.</param>
    /// <param name="bytes">Length of the range.</param>
    public static void Decline(void* memory, long bytes) => PageAdvice.Give(memory, bytes, PageAdvice.SmallPages);
}
