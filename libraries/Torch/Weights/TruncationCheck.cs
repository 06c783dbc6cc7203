using DaprMoE.Models;

namespace DaprMoE.Torch;

/// <summary>Asks the files that a call's experts are mapped from: reading a map beyond its file's end would end the process.</summary>
internal static class TruncationCheck
{
    /// <exception cref="CheckpointException">A file has become shorter.</exception>
    public static void Run(ReadOnlySpan<LoadedExpert> experts)
    {
        SafetensorsFile? asked = null;
        foreach (LoadedExpert expert in experts)
        {
            if (expert.Mapped is { } stored)
            {
                asked = Ask(stored.Gate.File, asked);
                asked = Ask(stored.Up.File, asked);
                asked = Ask(stored.Down.File, asked);
            }
        }
    }

    /// <summary>Neighbours mostly lie in one file: it is asked once.</summary>
    private static SafetensorsFile Ask(SafetensorsFile file, SafetensorsFile? asked)
    {
        if (!ReferenceEquals(file, asked))
        {
            file.ThrowIfTruncated();
        }

        return file;
    }
}
