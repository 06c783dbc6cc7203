using System.Text.Json.Nodes;

namespace DaprMoE.Models;

/// <summary>One architecture of published checkpoints: what its <c>config.json</c> means and how its tensors are called.</summary>
internal interface IModelFamily
{
    /// <summary>The <c>model_type</c> of its <c>config.json</c>.</summary>
    string Name { get; }

    /// <summary>The names of its tensors.</summary>
    ITensorNames Names { get; }

    /// <summary>Maps the configuration. Faults are collected in <paramref name="config"/>; after one, the result is meaningless.</summary>
    ModelDescription Describe(ConfigReader config);

    /// <summary>The <c>config.json</c> of a model of given sizes.</summary>
    JsonObject ConfigOf(RandomCheckpointOptions options);
}
