namespace DaprMoE.Gateway;

/// <summary>A part of the server that works by the policy in force, and follows when another one takes over. Safe for any thread.</summary>
public interface IPolicyFollower
{
    /// <summary>Why this part could not work by a policy: a sentence that names it, the numbers and the remedy; null when it could.</summary>
    /// <param name="policy">A policy that exists and may run in a server.</param>
    string? RefusalOf(string policy);

    /// <summary>Another policy is in force; nobody refused it.</summary>
    void Switched(string policy);
}
