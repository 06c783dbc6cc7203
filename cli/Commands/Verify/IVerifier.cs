namespace DaprMoE.Cli;

/// <summary>Checks one kind of folder.</summary>
internal interface IVerifier
{
    /// <summary>What is checked: <c>checkpoint</c>, <c>tokenizer</c>, <c>template</c>.</summary>
    string Kind { get; }

    /// <summary>The files that a folder of this kind holds, for the error of a folder of none.</summary>
    string Holds { get; }

    /// <summary>Whether it reads a further folder.</summary>
    bool TakesWith => false;

    /// <summary>Whether a folder is of this kind.</summary>
    bool Accepts(string folder);

    /// <summary>Checks a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="with">A folder with further data, when one was named.</param>
    /// <param name="cancellationToken">Ends the checks.</param>
    Task<IReadOnlyList<Check>> RunAsync(string folder, string? with, CancellationToken cancellationToken);
}
