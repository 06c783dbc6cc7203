using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>One parameter of a request: what it is called, what it does, and how it gets into the request.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Description">What it does, in a sentence.</param>
internal abstract record Parameter<TRequest>(string Name, string Description)
{
    /// <summary>The values that are taken, in words.</summary>
    public abstract string Allowed { get; }

    /// <summary>Reads a value that is not null; null is the same as leaving the key out.</summary>
    /// <param name="path">The parameter's name with those of the objects around it, for errors.</param>
    /// <param name="value">The value.</param>
    /// <param name="request">What it is set on.</param>
    /// <exception cref="ApiException">The value is not allowed.</exception>
    public abstract void Read(string path, JsonElement value, TRequest request);
}

/// <summary>A parameter that has its effect.</summary>
internal sealed record Implemented<TRequest, TValue>(
    string Name, string Description, ValueRule<TValue> Rule, Action<TRequest, TValue> Set) : Parameter<TRequest>(Name, Description)
{
    public override string Allowed => Rule.Allowed;

    public override void Read(string path, JsonElement value, TRequest request)
    {
        if (!Rule.TryRead(value, out TValue read))
        {
            throw ApiErrors.InvalidValue(path, value, Rule.Allowed);
        }

        Set(request, read);
    }
}

/// <summary>A parameter whose value needs its path, because it has parts that can be wrong.</summary>
internal sealed record Composite<TRequest>(
    string Name, string Description, string Form, Action<string, JsonElement, TRequest> Set) : Parameter<TRequest>(Name, Description)
{
    public override string Allowed => Form;

    public override void Read(string path, JsonElement value, TRequest request) => Set(path, value, request);
}

/// <summary>A parameter that is taken and has no effect.</summary>
internal sealed record Ignored<TRequest>(string Name, string Description) : Parameter<TRequest>(Name, Description)
{
    public override string Allowed => "anything, without effect";

    public override void Read(string path, JsonElement value, TRequest request)
    {
        // Whatever it says, the answer is the same.
    }
}

/// <summary>A parameter that is not there yet: only the values that ask for nothing are taken.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Description">What it will do.</param>
/// <param name="Supported">The values that are taken, in words.</param>
/// <param name="AsksForNothing">Whether a value is one of them.</param>
internal sealed record Pending<TRequest>(
    string Name, string Description, string Supported, Predicate<JsonElement> AsksForNothing) : Parameter<TRequest>(Name, Description)
{
    public override string Allowed => $"not there yet; only {Supported}";

    public override void Read(string path, JsonElement value, TRequest request)
    {
        if (!AsksForNothing(value))
        {
            throw ApiErrors.UnsupportedParameter(path, value, Supported);
        }
    }
}
