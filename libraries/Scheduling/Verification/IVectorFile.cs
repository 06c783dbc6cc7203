using System.Text.Json;

namespace DaprMoE.Scheduling;

/// <summary>Checks the cases of one file of golden vectors. Made anew for each file.</summary>
public interface IVectorFile
{
    /// <summary>Computes a case and compares it. Where the case is an error, the computation throws it.</summary>
    /// <param name="input">The case's input.</param>
    /// <param name="expected">What the reference has.</param>
    /// <exception cref="SchedulingException">The input is one that the algorithm refuses.</exception>
    void Check(JsonElement input, VectorExpectation expected);

    /// <summary>What is wrong with the cases taken together, or null.</summary>
    string? CheckAll() => null;
}
