namespace DaprMoE.Text;

/// <summary>A tokenizer file that cannot be used, or a text that its pattern cannot be matched against.</summary>
public sealed class TokenizerException : Exception
{
    /// <summary>Creates an error about one part of a tokenizer file.</summary>
    /// <param name="file">The file, as the caller named it.</param>
    /// <param name="component">The path of the part within the file, such as <c>model.merges[3]</c>; empty for the whole file.</param>
    /// <param name="problem">What is wrong, with the value, and what is allowed.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public TokenizerException(string file, string component, string problem, Exception? innerException = null)
        : base(component.Length == 0 ? $"{file}: {problem}" : $"{file}: {component}: {problem}", innerException)
    {
        File = file;
        Component = component;
        Problem = problem;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string File { get; }

    /// <summary>The path of the part within the file; empty for the whole file.</summary>
    public string Component { get; }

    /// <summary>What is wrong, with the value, and what is allowed.</summary>
    public string Problem { get; }
}
