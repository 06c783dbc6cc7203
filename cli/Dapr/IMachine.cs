namespace DaprMoE.Cli;

/// <summary>What the checks ask of this machine.</summary>
internal interface IMachine
{
    /// <summary>Whether there is such a file.</summary>
    bool HasFile(string path);

    /// <summary>Whether something takes connections on a port of loopback.</summary>
    Task<bool> AnswersAsync(int port, CancellationToken cancellationToken);
}
