"""What an employer has agreed: schemes, benefits with dated terms, policies, carriers."""
