using DaprMoE.Scheduling;

namespace DaprMoE.Experts;

/// <summary>What computes experts on a device: loads their weights, runs rows through loaded ones, frees them.</summary>
public interface IExpertBackend : IDisposable
{
    /// <summary>The backend's name, e.g. <c>cpu</c>.</summary>
    string Name { get; }

    /// <summary>Bytes of expert weights that it holds now.</summary>
    long BytesHeld { get; }

    /// <summary>Makes an expert's weights ready; an expert that is loaded already stays as it is.</summary>
    void Load(ExpertId expert);

    /// <summary>Computes rows of several loaded experts of one layer.</summary>
    /// <exception cref="InvalidOperationException">An expert of the work is not loaded.</exception>
    void Forward(in ExpertWork work);

    /// <summary>Gives an expert's weights back; one that is not loaded is left alone.</summary>
    void Free(ExpertId expert);
}
