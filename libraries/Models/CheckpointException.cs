namespace DaprMoE.Models;

/// <summary>
/// A checkpoint, or a file packed from it, that can't be used. The message names the file, the tensor or key, and the fault.
/// </summary>
public sealed class CheckpointException : Exception
{
    /// <summary>A fault of a file or folder as a whole.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="fault">What is wrong, with the value found and what is allowed.</param>
    /// <param name="cause">The error underneath, if any.</param>
    public CheckpointException(string path, string fault, Exception? cause = null)
        : base(Printable($"{path}: {fault}"), cause)
    {
        Path = path;
        Fault = fault;
    }

    /// <summary>A fault of one tensor.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensor">The tensor's name.</param>
    /// <param name="fault">What is wrong, with the value found and what is allowed.</param>
    public CheckpointException(string path, string tensor, string fault)
        : base(Printable($"{path}: tensor '{tensor}': {fault}"))
    {
        Path = path;
        Tensor = tensor;
        Fault = fault;
    }

    /// <summary>The file or folder at fault.</summary>
    public string Path { get; }

    /// <summary>The tensor at fault, if it is one.</summary>
    public string? Tensor { get; }

    /// <summary>What is wrong, without the names.</summary>
    public string Fault { get; }

    /// <summary>Names in a message come from files, and may hold anything: escapes for a terminal, or megabytes.</summary>
    private static string Printable(string message)
    {
        const int Longest = 8000;
        string text = message.Length <= Longest ? message : $"{message[..Longest]}...";
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : $"{c}")) : text;
    }
}
