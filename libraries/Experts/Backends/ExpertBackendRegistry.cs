namespace DaprMoE.Experts;

/// <summary>The expert backends of a program, by name. To add one is one registration.</summary>
public sealed class ExpertBackendRegistry
{
    private readonly SortedDictionary<string, Func<ExpertBackendRequest, IExpertBackendFactory>> _backends = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _missing = new(StringComparer.Ordinal);

    /// <summary>A registry with the backends of this library: <c>cpu</c>.</summary>
    public ExpertBackendRegistry() => Add(CpuBackendFactory.BackendName, CpuBackendFactory.Of);

    /// <summary>The names, ascending.</summary>
    public IReadOnlyCollection<string> Names => _backends.Keys;

    /// <summary>The names as messages list them, with how to get what this program is built without.</summary>
    public string Allowed =>
        string.Join(", ", _backends.Keys) + string.Concat(_missing.Select(missing => $" ({missing.Key} comes with {missing.Value})"));

    /// <summary>Registers a backend.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="make">Makes its factory, or throws <see cref="BackendUnavailableException"/> where it can't run.</param>
    /// <returns>This registry.</returns>
    public ExpertBackendRegistry Add(string name, Func<ExpertBackendRequest, IExpertBackendFactory> make)
    {
        _backends[name] = make;
        return this;
    }

    /// <summary>Names a backend that this program is built without.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="remedy">What program has it, as the end of "comes with".</param>
    /// <returns>This registry.</returns>
    public ExpertBackendRegistry AddMissing(string name, string remedy)
    {
        _missing[name] = remedy;
        return this;
    }

    /// <summary>Makes the factory of a backend.</summary>
    /// <exception cref="BackendUnavailableException">There is no backend of that name, or it can't run here as it is asked to.</exception>
    public IExpertBackendFactory Create(string name, ExpertBackendRequest request)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(request);
        if (_backends.TryGetValue(name, out Func<ExpertBackendRequest, IExpertBackendFactory>? make))
        {
            return make(request);
        }

        throw new BackendUnavailableException($"This program has no expert backend '{name}'; it has {Allowed}.");
    }
}
